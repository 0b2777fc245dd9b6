"""The subjects of a release in the visitor's words."""

from metrics.words import N_
from pages.shared.words import _

SUBJECTS = {
    "survey": N_("Survey responses"),
    "reliability": N_("Reliability of scales"),
    "group": N_("Ready-made group figures"),
    "feedback": N_("Customer feedback"),
    "cases": N_("Cases"),
    "workforce": N_("Workforce"),
    "pay": N_("Pay"),
    "absence": N_("Absence"),
    "invitations": N_("Invitations"),
    "ideas": N_("Ideas"),
    "employment": N_("Length of employment"),
    "idea_ages": N_("Age of ideas"),
    "network": N_("Staff network"),
    "network_managers": N_("Staff network: managers"),
    "rollouts": N_("Changes that started"),
}


def subject_name(subject: str) -> str:
    return _(SUBJECTS[subject]) if subject in SUBJECTS else subject
