"""Odds that a clause type is there, by models/absence/tune.py: change them by running it, never by hand.

Tuned on 79 contracts, by screeners of the cross-validation that had not seen them.
"""

from __future__ import annotations

MISSING_BELOW = 0.0217
PRESENT_FROM = 0.6956
# type: bias, and the weights of the score's log-odds, of a word hit, of the logarithm of the hits, of both
ODDS: dict[str, tuple[float, float, float, float, float]] = {
    "Document Name": (-0.045, 0.834, 0.444, -0.188, 0.113),
    "Parties": (0.250, 0.987, 0.147, -0.545, 0.309),
    "Agreement Date": (0.541, 0.741, 0.276, 0.355, 0.024),
    "Effective Date": (0.288, 0.612, 1.250, -0.123, -0.023),
    "Expiration Date": (-0.083, 0.974, -0.573, 0.286, 0.070),
    "Renewal Term": (0.369, 0.696, -0.167, 0.075, -0.040),
    "Notice Period To Terminate Renewal": (0.127, 1.004, 0.549, 0.349, 0.138),
    "Governing Law": (0.066, 0.844, 0.381, -0.033, 0.147),
    "Most Favored Nation": (0.240, 1.035, 0.970, 0.678, 0.053),
    "Non-Compete": (0.163, 0.890, 0.835, 0.236, 0.002),
    "Exclusivity": (0.105, 0.746, -0.579, 0.574, 0.202),
    "No-Solicit Of Customers": (-0.507, 0.691, 0.988, 0.652, 0.080),
    "Competitive Restriction Exception": (0.014, 0.582, 0.426, 0.263, 0.112),
    "No-Solicit Of Employees": (-0.361, 1.033, 0.671, 0.518, 0.171),
    "Non-Disparagement": (-0.879, 0.931, 0.535, 0.097, 0.170),
    "Termination For Convenience": (-0.893, 0.730, 0.005, 0.759, 0.232),
    "Rofr/Rofo/Rofn": (0.193, 0.910, 0.671, 0.381, 0.036),
    "Change Of Control": (-0.743, 0.637, 0.530, 0.579, 0.034),
    "Anti-Assignment": (0.349, 0.815, 0.533, 0.349, 0.325),
    "Revenue/Profit Sharing": (0.381, 0.857, -0.369, -0.071, 0.139),
    "Price Restrictions": (-0.543, 0.756, 0.056, -0.290, 0.143),
    "Minimum Commitment": (0.550, 0.916, 0.708, 0.343, 0.134),
    "Volume Restriction": (-0.120, 0.630, 0.006, -0.029, 0.124),
    "Ip Ownership Assignment": (-0.031, 1.063, 0.534, 0.478, 0.153),
    "Joint Ip Ownership": (-0.243, 0.839, 0.107, 0.090, 0.106),
    "License Grant": (-0.369, 0.763, 0.221, -0.401, 0.373),
    "Non-Transferable License": (-0.206, 0.661, 1.041, 0.778, 0.233),
    "Affiliate License-Licensor": (0.554, 0.936, 0.358, 0.216, 0.144),
    "Affiliate License-Licensee": (0.486, 0.886, 0.426, 0.263, 0.112),
    "Unlimited/All-You-Can-Eat-License": (0.428, 0.681, 0.540, 0.575, 0.020),
    "Irrevocable Or Perpetual License": (-0.278, 1.036, 0.599, 0.680, 0.004),
    "Source Code Escrow": (-0.612, 0.985, 0.501, 0.583, 0.104),
    "Post-Termination Services": (-0.086, 0.692, 0.401, 0.180, 0.206),
    "Audit Rights": (0.148, 1.035, 0.636, -0.507, -0.090),
    "Uncapped Liability": (-0.519, 0.916, -0.111, 0.084, 0.164),
    "Cap On Liability": (-0.183, 0.750, 0.268, 0.264, 0.168),
    "Liquidated Damages": (-0.025, 0.816, 0.546, 0.252, 0.240),
    "Warranty Duration": (-0.302, 0.765, 0.736, 0.642, -0.016),
    "Insurance": (-0.258, 0.969, 0.701, 0.131, 0.049),
    "Covenant Not To Sue": (-0.317, 0.789, 1.351, 0.953, -0.126),
    "Third Party Beneficiary": (-0.211, 0.716, 0.337, 0.311, 0.064),
}
