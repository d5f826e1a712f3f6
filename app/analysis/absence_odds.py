"""Odds that a clause type is there, by models/absence/tune.py: change them by running it, never by hand.

Tuned on the fold screeners' contracts.
"""

from __future__ import annotations

MISSING_BELOW = 0.0142
PRESENT_FROM = 0.6970
# type: bias, and the weights of the score's log-odds, of a word hit, of the logarithm of the hits, of both
ODDS: dict[str, tuple[float, float, float, float, float]] = {
    "Document Name": (0.087, 0.853, 0.276, -0.213, 0.177),
    "Parties": (0.216, 0.484, -0.360, -0.360, 0.783),
    "Agreement Date": (0.508, 0.520, 0.390, -0.311, 0.245),
    "Effective Date": (-0.106, 0.413, 1.553, 0.019, 0.444),
    "Expiration Date": (0.387, 0.847, -0.536, 0.247, 0.218),
    "Renewal Term": (0.296, 0.964, -0.683, 0.206, 0.015),
    "Notice Period To Terminate Renewal": (-0.396, 0.926, 0.177, 0.282, 0.355),
    "Governing Law": (-0.293, 0.895, 0.327, 0.065, 0.280),
    "Most Favored Nation": (0.346, 0.965, 0.585, 0.570, 0.244),
    "Non-Compete": (-0.088, 0.828, 0.432, 0.174, 0.053),
    "Exclusivity": (0.004, 0.820, -0.142, 0.361, 0.004),
    "No-Solicit Of Customers": (-0.191, 0.793, 0.294, 0.626, 0.265),
    "Competitive Restriction Exception": (-0.257, 0.606, 0.062, 0.197, 0.217),
    "No-Solicit Of Employees": (-0.722, 1.037, 0.925, 0.880, 0.059),
    "Non-Disparagement": (-0.696, 0.703, 0.273, 0.895, -0.171),
    "Termination For Convenience": (-0.297, 0.817, -0.826, 1.365, -0.031),
    "Rofr/Rofo/Rofn": (0.207, 0.878, 0.485, -0.095, 0.050),
    "Change Of Control": (-0.962, 0.608, 0.160, 0.551, -0.003),
    "Anti-Assignment": (-0.063, 1.063, 0.771, 0.338, 0.159),
    "Revenue/Profit Sharing": (0.067, 0.855, -0.256, 0.045, 0.170),
    "Price Restrictions": (-0.992, 0.676, 0.105, 0.020, 0.289),
    "Minimum Commitment": (0.377, 0.884, 0.066, 0.136, 0.336),
    "Volume Restriction": (0.213, 0.730, -0.408, 0.169, 0.233),
    "Ip Ownership Assignment": (-0.609, 0.753, 0.351, 0.644, 0.512),
    "Joint Ip Ownership": (-0.186, 0.764, 0.852, 0.277, -0.241),
    "License Grant": (-0.582, 0.860, -0.220, -0.800, 0.688),
    "Non-Transferable License": (-0.153, 0.816, 1.055, 1.069, 0.315),
    "Affiliate License-Licensor": (-0.497, 0.891, 0.386, 0.462, 0.283),
    "Affiliate License-Licensee": (0.306, 0.880, 0.062, -0.024, 0.228),
    "Unlimited/All-You-Can-Eat-License": (-0.701, 0.706, 0.148, 0.934, 0.182),
    "Irrevocable Or Perpetual License": (-0.919, 0.916, 0.381, 1.418, 0.061),
    "Source Code Escrow": (-0.722, 1.069, 0.333, 0.768, 0.188),
    "Post-Termination Services": (-0.022, 0.738, -0.056, 0.136, 0.134),
    "Audit Rights": (0.252, 1.204, 0.426, -0.352, -0.068),
    "Uncapped Liability": (-0.280, 1.044, -0.341, 0.299, -0.026),
    "Cap On Liability": (-0.118, 0.926, 0.105, 0.436, 0.170),
    "Liquidated Damages": (-0.311, 0.810, 1.130, -0.006, 0.332),
    "Warranty Duration": (0.199, 0.834, -0.012, -0.002, 0.027),
    "Insurance": (-0.618, 0.951, 0.867, 0.094, -0.171),
    "Covenant Not To Sue": (-0.103, 0.894, 0.348, 0.550, 0.336),
    "Third Party Beneficiary": (-0.907, 0.565, -0.382, 0.555, 0.125),
}
