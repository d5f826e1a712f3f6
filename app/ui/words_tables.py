"""The domain's terms and the words for them, marked for translation; words.py looks them up."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

SEVERITIES = {
    "critical": QT_TRANSLATE_NOOP("Terms", "Critical"),
    "high": QT_TRANSLATE_NOOP("Terms", "High"),
    "medium": QT_TRANSLATE_NOOP("Terms", "Medium"),
    "low": QT_TRANSLATE_NOOP("Terms", "Low"),
    "info": QT_TRANSLATE_NOOP("Terms", "For information"),
}
ANSWERS = {
    "present": QT_TRANSLATE_NOOP("Terms", "Present"),
    "risk": QT_TRANSLATE_NOOP("Terms", "Risk"),
    "missing": QT_TRANSLATE_NOOP("Terms", "Missing"),
    "unclear": QT_TRANSLATE_NOOP("Terms", "Unclear: see passage"),
    "not checked": QT_TRANSLATE_NOOP("Terms", "Not checked"),
}
ITEMS = {
    "queued": QT_TRANSLATE_NOOP("Terms", "Queued"),
    "reading": QT_TRANSLATE_NOOP("Terms", "Reading the file"),
    "screening": QT_TRANSLATE_NOOP("Terms", "Screening clauses"),
    "model": QT_TRANSLATE_NOOP("Terms", "Model is reading"),
    "assessing": QT_TRANSLATE_NOOP("Terms", "Checking the playbook"),
    "done": QT_TRANSLATE_NOOP("Terms", "Done"),
    "duplicate": QT_TRANSLATE_NOOP("Terms", "Duplicate"),
    "failed": QT_TRANSLATE_NOOP("Terms", "Not analysed"),
    "locked": QT_TRANSLATE_NOOP("Terms", "Password needed"),
}
STATUSES = {
    "read": QT_TRANSLATE_NOOP("Terms", "Read"),
    "partly read": QT_TRANSLATE_NOOP("Terms", "Partly read"),
    "password needed": QT_TRANSLATE_NOOP("Terms", "Password needed"),
    "damaged": QT_TRANSLATE_NOOP("Terms", "Damaged"),
    "empty": QT_TRANSLATE_NOOP("Terms", "Empty"),
    "unsupported": QT_TRANSLATE_NOOP("Terms", "Not a supported type"),
    "too large": QT_TRANSLATE_NOOP("Terms", "Too large"),
    "timed out": QT_TRANSLATE_NOOP("Terms", "Took too long"),
    "unreadable": QT_TRANSLATE_NOOP("Terms", "Cannot be opened"),
    "duplicate": QT_TRANSLATE_NOOP("Terms", "Duplicate"),
}
STANDINGS = {
    "undecided": QT_TRANSLATE_NOOP("Terms", "Undecided"),
    "changed: confirm again": QT_TRANSLATE_NOOP("Terms", "Changed since: confirm again"),
    "no longer raised": QT_TRANSLATE_NOOP("Terms", "No longer raised"),
}
KINDS = {
    "risk": QT_TRANSLATE_NOOP("Terms", "Risk"),
    "missing": QT_TRANSLATE_NOOP("Terms", "Missing"),
    "unclear": QT_TRANSLATE_NOOP("Terms", "Unclear"),
    "not checked": QT_TRANSLATE_NOOP("Terms", "Not checked"),
    "hidden text": QT_TRANSLATE_NOOP("Terms", "Hidden text"),
    "drafting": QT_TRANSLATE_NOOP("Terms", "Drafting"),
}
TYPES = {
    "Rofr/Rofo/Rofn": QT_TRANSLATE_NOOP("Terms", "Right of first refusal or offer"),
    "Ip Ownership Assignment": QT_TRANSLATE_NOOP("Terms", "IP ownership assignment"),
    "Joint Ip Ownership": QT_TRANSLATE_NOOP("Terms", "Joint IP ownership"),
    "Most Favored Nation": QT_TRANSLATE_NOOP("Terms", "Most favoured nation"),
    "License Grant": QT_TRANSLATE_NOOP("Terms", "Licence grant"),
    "Non-Transferable License": QT_TRANSLATE_NOOP("Terms", "Non-transferable licence"),
    "Affiliate License-Licensor": QT_TRANSLATE_NOOP("Terms", "Affiliate licence (licensor)"),
    "Affiliate License-Licensee": QT_TRANSLATE_NOOP("Terms", "Affiliate licence (licensee)"),
    "Unlimited/All-You-Can-Eat-License": QT_TRANSLATE_NOOP("Terms", "Unlimited licence"),
    "Irrevocable Or Perpetual License": QT_TRANSLATE_NOOP("Terms", "Irrevocable or perpetual licence"),
    "Revenue/Profit Sharing": QT_TRANSLATE_NOOP("Terms", "Revenue or profit sharing"),
}

CONTRACT_KINDS = {
    "unknown": QT_TRANSLATE_NOOP("Terms", "Kind unknown"),
    "nda": QT_TRANSLATE_NOOP("Terms", "Confidentiality (NDA)"),
    "services": QT_TRANSLATE_NOOP("Terms", "Services"),
    "licence": QT_TRANSLATE_NOOP("Terms", "Licence"),
    "supply": QT_TRANSLATE_NOOP("Terms", "Supply"),
    "distribution": QT_TRANSLATE_NOOP("Terms", "Distribution"),
    "franchise": QT_TRANSLATE_NOOP("Terms", "Franchise"),
    "employment": QT_TRANSLATE_NOOP("Terms", "Employment"),
    "consulting": QT_TRANSLATE_NOOP("Terms", "Consulting"),
    "data processing": QT_TRANSLATE_NOOP("Terms", "Data processing"),
    "joint venture": QT_TRANSLATE_NOOP("Terms", "Joint venture"),
    "amendment": QT_TRANSLATE_NOOP("Terms", "Amendment"),
    "other": QT_TRANSLATE_NOOP("Terms", "Other agreement"),
}
ROLES = {
    "unknown": QT_TRANSLATE_NOOP("Terms", "side unknown"),
    "customer": QT_TRANSLATE_NOOP("Terms", "we are the customer"),
    "supplier": QT_TRANSLATE_NOOP("Terms", "we are the supplier"),
    "licensee": QT_TRANSLATE_NOOP("Terms", "we are the licensee"),
    "licensor": QT_TRANSLATE_NOOP("Terms", "we are the licensor"),
    "discloser": QT_TRANSLATE_NOOP("Terms", "we disclose"),
    "recipient": QT_TRANSLATE_NOOP("Terms", "we receive"),
    "employer": QT_TRANSLATE_NOOP("Terms", "we are the employer"),
    "employee": QT_TRANSLATE_NOOP("Terms", "we are the employee"),
    "controller": QT_TRANSLATE_NOOP("Terms", "we are the controller"),
    "processor": QT_TRANSLATE_NOOP("Terms", "we are the processor"),
    "target": QT_TRANSLATE_NOOP("Terms", "we look at the target"),
    "mutual": QT_TRANSLATE_NOOP("Terms", "mutual"),
}
PARTS = {
    "base": QT_TRANSLATE_NOOP("Terms", "the base"),
    "amendment": QT_TRANSLATE_NOOP("Terms", "an amendment"),
    "schedule": QT_TRANSLATE_NOOP("Terms", "a schedule"),
    "side letter": QT_TRANSLATE_NOOP("Terms", "a side letter"),
}
TESTS = {
    "above": QT_TRANSLATE_NOOP("Terms", "above"),
    "at_least": QT_TRANSLATE_NOOP("Terms", "at least"),
    "below": QT_TRANSLATE_NOOP("Terms", "below"),
    "at_most": QT_TRANSLATE_NOOP("Terms", "at most"),
}
STRUCTURES = {
    "unknown": QT_TRANSLATE_NOOP("Terms", "Not known yet"),
    "share": QT_TRANSLATE_NOOP("Terms", "Share deal"),
    "asset": QT_TRANSLATE_NOOP("Terms", "Asset deal"),
    "merger": QT_TRANSLATE_NOOP("Terms", "Merger"),
}
TERMS = {
    "defined twice": QT_TRANSLATE_NOOP("Terms", "defined twice"),
    "never used": QT_TRANSLATE_NOOP("Terms", "never used"),
}
EXAMPLES = {
    "Agreement Date": QT_TRANSLATE_NOOP("Terms", "For example: 30 June 2026"),
    "Effective Date": QT_TRANSLATE_NOOP("Terms", "For example: 30 June 2026"),
    "Expiration Date": QT_TRANSLATE_NOOP("Terms", "For example: 30 June 2026, or perpetual"),
    "Renewal Term": QT_TRANSLATE_NOOP("Terms", "For example: 1 year"),
    "Notice Period To Terminate Renewal": QT_TRANSLATE_NOOP("Terms", "For example: 90 days"),
    "Governing Law": QT_TRANSLATE_NOOP("Terms", "For example: England and Wales"),
}
ACTIONS = {
    "accept": QT_TRANSLATE_NOOP("Terms", "Accepted"),
    "reject": QT_TRANSLATE_NOOP("Terms", "Rejected"),
    "edit": QT_TRANSLATE_NOOP("Terms", "Wording changed"),
    "severity": QT_TRANSLATE_NOOP("Terms", "Risk set"),
    "note": QT_TRANSLATE_NOOP("Terms", "Note"),
    "undo": QT_TRANSLATE_NOOP("Terms", "Taken back"),
}
CHANGES = {
    "changed": QT_TRANSLATE_NOOP("Terms", "changed"),
    "added": QT_TRANSLATE_NOOP("Terms", "only here"),
    "removed": QT_TRANSLATE_NOOP("Terms", "left out"),
    "same": QT_TRANSLATE_NOOP("Terms", "as in the form"),
}
