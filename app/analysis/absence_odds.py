"""Odds that a clause type is there, by models/absence/tune.py: change them by running it, never by hand.

Tuned on the fold screeners' contracts.
"""

from __future__ import annotations

MISSING_BELOW = 0.0128
PRESENT_FROM = 0.6976
# type: bias, and the weights of the score's log-odds, of a word hit, of the logarithm of the hits, of both
ODDS: dict[str, tuple[float, float, float, float, float]] = {
    "Document Name": (0.065, 0.888, 0.267, -0.216, 0.165),
    "Parties": (0.247, 0.800, -0.405, -0.400, 0.565),
    "Agreement Date": (0.487, 0.698, 0.349, -0.300, 0.113),
    "Effective Date": (-0.097, 0.419, 1.551, 0.014, 0.441),
    "Expiration Date": (0.392, 0.853, -0.543, 0.249, 0.211),
    "Renewal Term": (0.300, 0.967, -0.686, 0.209, 0.007),
    "Notice Period To Terminate Renewal": (-0.395, 0.928, 0.175, 0.290, 0.339),
    "Governing Law": (-0.287, 0.901, 0.318, 0.070, 0.271),
    "Most Favored Nation": (0.355, 0.969, 0.567, 0.568, 0.227),
    "Non-Compete": (-0.084, 0.831, 0.421, 0.179, 0.044),
    "Exclusivity": (0.019, 0.827, -0.158, 0.361, -0.005),
    "No-Solicit Of Customers": (-0.184, 0.796, 0.280, 0.628, 0.249),
    "Competitive Restriction Exception": (-0.254, 0.607, 0.047, 0.197, 0.197),
    "No-Solicit Of Employees": (-0.716, 1.043, 0.915, 0.885, 0.045),
    "Non-Disparagement": (-0.686, 0.707, 0.260, 0.898, -0.182),
    "Termination For Convenience": (-0.296, 0.821, -0.829, 1.366, -0.036),
    "Rofr/Rofo/Rofn": (0.215, 0.882, 0.471, -0.088, 0.039),
    "Change Of Control": (-0.958, 0.611, 0.153, 0.555, -0.010),
    "Anti-Assignment": (-0.062, 1.067, 0.767, 0.346, 0.150),
    "Revenue/Profit Sharing": (0.072, 0.859, -0.266, 0.048, 0.162),
    "Price Restrictions": (-0.988, 0.678, 0.091, 0.021, 0.270),
    "Minimum Commitment": (0.380, 0.886, 0.058, 0.143, 0.323),
    "Volume Restriction": (0.217, 0.732, -0.418, 0.174, 0.216),
    "Ip Ownership Assignment": (-0.607, 0.756, 0.348, 0.652, 0.500),
    "Joint Ip Ownership": (-0.176, 0.768, 0.835, 0.284, -0.252),
    "License Grant": (-0.581, 0.863, -0.223, -0.792, 0.679),
    "Non-Transferable License": (-0.149, 0.819, 1.047, 1.077, 0.302),
    "Affiliate License-Licensor": (-0.491, 0.895, 0.375, 0.465, 0.266),
    "Affiliate License-Licensee": (0.309, 0.882, 0.051, -0.021, 0.211),
    "Unlimited/All-You-Can-Eat-License": (-0.691, 0.710, 0.132, 0.933, 0.163),
    "Irrevocable Or Perpetual License": (-0.903, 0.926, 0.364, 1.418, 0.048),
    "Source Code Escrow": (-0.710, 1.078, 0.319, 0.766, 0.171),
    "Post-Termination Services": (-0.020, 0.740, -0.060, 0.137, 0.125),
    "Audit Rights": (0.258, 1.212, 0.416, -0.349, -0.078),
    "Uncapped Liability": (-0.278, 1.048, -0.345, 0.303, -0.035),
    "Cap On Liability": (-0.115, 0.929, 0.099, 0.440, 0.163),
    "Liquidated Damages": (-0.303, 0.814, 1.117, -0.002, 0.318),
    "Warranty Duration": (0.204, 0.836, -0.021, 0.005, 0.014),
    "Insurance": (-0.596, 0.962, 0.845, 0.094, -0.183),
    "Covenant Not To Sue": (-0.100, 0.896, 0.343, 0.554, 0.319),
    "Third Party Beneficiary": (-0.889, 0.570, -0.400, 0.556, 0.116),
}
