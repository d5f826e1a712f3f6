"""Odds that a clause type is there, by models/absence/tune.py: change them by running it, never by hand.

Tuned on the fold screeners' contracts.
"""

from __future__ import annotations

MISSING_BELOW = 0.0139
PRESENT_FROM = 0.7039
# type: bias, and the weights of the score's log-odds, of a word hit, of the logarithm of the hits, of both
ODDS: dict[str, tuple[float, float, float, float, float]] = {
    "Document Name": (0.313, 0.816, 0.309, -0.241, 0.150),
    "Parties": (0.404, 0.484, -0.540, -0.383, 0.839),
    "Agreement Date": (0.571, 0.555, 0.353, -0.308, 0.214),
    "Effective Date": (-0.026, 0.446, 1.489, 0.010, 0.409),
    "Expiration Date": (0.536, 0.820, -0.628, 0.156, 0.307),
    "Renewal Term": (0.243, 0.914, -1.081, 0.272, 0.124),
    "Notice Period To Terminate Renewal": (-0.306, 0.955, -0.014, 0.205, 0.417),
    "Governing Law": (-0.110, 0.860, 0.207, -0.077, 0.199),
    "Most Favored Nation": (0.362, 0.898, 0.606, 0.645, 0.227),
    "Non-Compete": (-0.279, 0.799, 0.236, 0.323, 0.087),
    "Exclusivity": (0.246, 0.861, -0.334, 0.319, -0.123),
    "No-Solicit Of Customers": (-0.146, 0.833, 0.268, 0.727, 0.269),
    "Competitive Restriction Exception": (0.108, 0.692, -0.093, 0.141, 0.245),
    "No-Solicit Of Employees": (-0.954, 1.008, 0.790, 0.911, 0.139),
    "Non-Disparagement": (-0.379, 0.725, 0.063, 0.852, -0.148),
    "Termination For Convenience": (-0.248, 0.881, -0.727, 1.185, -0.046),
    "Rofr/Rofo/Rofn": (-0.135, 0.783, 0.433, 0.124, -0.032),
    "Change Of Control": (-0.771, 0.677, -0.044, 0.496, 0.020),
    "Anti-Assignment": (-0.267, 0.989, 0.470, 0.233, 0.299),
    "Revenue/Profit Sharing": (0.043, 0.859, -0.405, 0.077, 0.134),
    "Price Restrictions": (-0.708, 0.723, -0.093, -0.053, 0.291),
    "Minimum Commitment": (0.231, 0.881, -0.166, 0.108, 0.347),
    "Volume Restriction": (0.564, 0.828, -0.521, 0.061, 0.272),
    "Ip Ownership Assignment": (-0.596, 0.768, 0.319, 0.454, 0.550),
    "Joint Ip Ownership": (0.104, 0.891, 0.818, 0.205, -0.172),
    "License Grant": (-0.793, 0.848, -0.472, -0.681, 0.722),
    "Non-Transferable License": (-0.117, 0.824, 1.158, 1.249, 0.325),
    "Affiliate License-Licensor": (-0.225, 0.952, 0.338, 0.474, 0.293),
    "Affiliate License-Licensee": (0.647, 0.961, 0.154, 0.104, 0.214),
    "Unlimited/All-You-Can-Eat-License": (-0.051, 0.878, -0.091, 0.505, 0.294),
    "Irrevocable Or Perpetual License": (-0.650, 1.092, 0.334, 1.375, 0.043),
    "Source Code Escrow": (-0.656, 1.019, -0.045, 0.267, 0.239),
    "Post-Termination Services": (-0.037, 0.807, -0.129, 0.150, 0.128),
    "Audit Rights": (0.031, 1.225, -0.132, -0.240, 0.027),
    "Uncapped Liability": (-0.117, 1.089, -0.249, 0.207, 0.063),
    "Cap On Liability": (-0.336, 0.881, -0.109, 0.331, 0.254),
    "Liquidated Damages": (-0.324, 0.764, 1.119, 0.057, 0.240),
    "Warranty Duration": (0.202, 0.827, -0.033, -0.177, 0.203),
    "Insurance": (-0.460, 0.948, 0.340, -0.056, -0.001),
    "Covenant Not To Sue": (0.096, 0.946, 0.377, 0.476, 0.406),
    "Third Party Beneficiary": (-0.607, 0.587, -0.538, 0.553, 0.132),
}
