"""Terms of art that contracts define: used with capitals and without a definition, one of them is missed."""

USUAL = (
    "Business Day", "Change of Control", "Closing Date", "Commencement Date", "Commercially Reasonable Efforts",
    "Confidential Information", "Contract Year", "Effective Date", "Event of Default", "Expiration Date",
    "Fiscal Year", "Force Majeure Event", "Gross Revenue", "Gross Sales", "Initial Term",
    "Intellectual Property Rights",
    "Key Personnel", "Launch Date", "License Fee", "Licensed Marks", "Licensed Products", "Licensed Territory",
    "Material Adverse Effect", "Minimum Purchase", "Minimum Royalty", "Net Revenue", "Net Revenues", "Net Sales",
    "Purchase Price", "Renewal Term", "Service Fee", "Service Level", "Statement of Work", "Termination Date",
    "Transition Period", "Transition Services", "Work Product",
)  # fmt: skip
