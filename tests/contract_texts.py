"""Short contracts that several tests read."""

from __future__ import annotations

SUPPLY = """SUPPLY AGREEMENT

This Supply Agreement is made as of January 1, 2020 by and between Bridge Corporation ("Supplier") and Neon Systems,
Inc. ("Customer").

1. Term. This Agreement continues for two years and may be extended. It could go on if the parties so wish.

2. Dealings. Customer will as a rule look to Supplier first, and may buy elsewhere what Supplier cannot deliver.

3. Transfer. Rights under this Agreement may pass to others in some cases, with notice.
"""
SERVICES = """SERVICES AGREEMENT

This Services Agreement is made on 4 May 2026 between Harbour Foods Ltd ("Customer") and Quay Inc. ("Supplier").

1. Exclusivity. During the term Customer shall purchase all services of this kind exclusively from Supplier.

2. Change of control. Supplier may terminate this Agreement at once upon a change of control of Customer.

3. Governing law. This Agreement is governed by the laws of the State of New York.
"""
