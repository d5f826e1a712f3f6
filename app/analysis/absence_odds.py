"""Odds that a clause type is there, by models/absence/tune.py: change them by running it, never by hand.

Tuned on 21 contracts of held_out.txt, every other one.
"""

from __future__ import annotations

MISSING_BELOW = 0.0678
PRESENT_FROM = 0.6402
# type: bias, and the weights of the score's log-odds, of a word hit, of the logarithm of the hits, of both
ODDS: dict[str, tuple[float, float, float, float, float]] = {
    "Document Name": (-0.066, 1.024, 0.911, 0.419, 0.098),
    "Parties": (0.046, 1.258, 1.023, 0.149, 0.331),
    "Agreement Date": (0.947, 0.987, 1.467, 0.845, -0.016),
    "Effective Date": (0.305, 1.072, 1.463, -0.081, 0.028),
    "Expiration Date": (-0.816, 0.966, 0.850, 0.079, 0.029),
    "Renewal Term": (0.602, 1.015, 1.383, 0.668, -0.007),
    "Notice Period To Terminate Renewal": (0.700, 0.986, 1.080, 0.404, 0.010),
    "Governing Law": (-0.009, 0.820, 1.027, 0.501, -0.216),
    "Most Favored Nation": (0.367, 0.915, 1.670, 0.952, -0.180),
    "Non-Compete": (0.462, 0.958, 1.024, 0.305, 0.069),
    "Exclusivity": (-0.489, 1.168, 0.409, 0.373, 0.153),
    "No-Solicit Of Customers": (0.358, 0.924, 1.208, 0.493, 0.007),
    "Competitive Restriction Exception": (0.795, 0.831, 1.073, 0.400, 0.008),
    "No-Solicit Of Employees": (-0.639, 0.940, 1.176, 0.471, 0.028),
    "Non-Disparagement": (0.521, 0.933, 1.406, 0.680, -0.039),
    "Termination For Convenience": (-1.132, 1.062, 0.870, 0.463, 0.031),
    "Rofr/Rofo/Rofn": (-0.512, 0.735, 0.751, 0.226, -0.026),
    "Change Of Control": (-0.153, 0.937, 0.818, 0.248, 0.079),
    "Anti-Assignment": (0.475, 0.858, 0.982, 0.343, 0.090),
    "Revenue/Profit Sharing": (0.163, 0.756, 0.074, -0.152, 0.053),
    "Price Restrictions": (0.588, 0.760, 1.073, 0.400, 0.008),
    "Minimum Commitment": (0.781, 0.870, 1.095, 0.424, 0.012),
    "Volume Restriction": (-0.752, 1.026, 1.073, 0.400, 0.008),
    "Ip Ownership Assignment": (0.174, 0.940, 1.333, 0.585, -0.002),
    "Joint Ip Ownership": (0.235, 1.098, 0.708, 0.146, 0.064),
    "License Grant": (-0.521, 1.105, 0.542, -0.195, 0.049),
    "Non-Transferable License": (-0.079, 1.014, 1.238, 0.528, 0.038),
    "Affiliate License-Licensor": (0.797, 0.814, 1.073, 0.400, 0.008),
    "Affiliate License-Licensee": (0.449, 1.082, 1.073, 0.400, 0.008),
    "Unlimited/All-You-Can-Eat-License": (0.685, 0.600, 1.390, 0.593, -0.211),
    "Irrevocable Or Perpetual License": (-0.015, 0.985, 1.584, 0.967, -0.124),
    "Source Code Escrow": (0.067, 0.996, 1.114, 0.445, 0.035),
    "Post-Termination Services": (0.070, 1.033, 1.037, 0.375, 0.064),
    "Audit Rights": (-0.095, 0.960, 1.106, -0.312, -0.073),
    "Uncapped Liability": (-0.349, 1.037, 1.053, 0.386, 0.018),
    "Cap On Liability": (-0.467, 0.696, 0.792, 0.332, 0.034),
    "Liquidated Damages": (0.925, 0.678, 1.355, 0.629, -0.047),
    "Warranty Duration": (-0.704, 0.902, 0.885, 0.332, 0.035),
    "Insurance": (-0.084, 1.072, 1.083, 0.503, 0.075),
    "Covenant Not To Sue": (-0.014, 0.805, 1.689, 0.827, -0.297),
    "Third Party Beneficiary": (0.323, 0.692, 1.034, 0.437, 0.093),
}
