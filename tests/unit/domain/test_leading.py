from app.domain.clauses import LIKELY, Clause, FoundBy, leading


def clause(kind: str, start: int, score: float, reported: bool = True) -> Clause:
    return Clause(kind, start, start + 10, score, reported, FoundBy.SCREENER)


def test_the_best_of_a_type_stands_however_unlikely_and_others_where_they_are_likely() -> None:
    best, weak, strong = clause("A", 0, 0.2), clause("A", 20, 0.1), clause("B", 40, LIKELY)
    better = clause("B", 60, 0.9)
    assert leading([best, weak, strong, better]) == [best, strong, better]


def test_what_is_not_reported_never_leads() -> None:
    assert leading([clause("A", 0, 0.9, reported=False)]) == []
