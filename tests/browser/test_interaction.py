"""The Interaction page by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit, settled

pytestmark = pytest.mark.browser


def test_contact_is_chosen_by_keyboard(visit: Visit) -> None:
    page = visit("/interaction")
    manager = page.get_by_role("radio", name="Contact with the manager").first
    peers = page.get_by_role("radio", name="Contact with colleagues").first
    expect(peers).to_be_checked()
    peers.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    settled(page)
    expect(manager).to_be_checked()
