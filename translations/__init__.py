"""The words of the screens in Dutch and English. The English text is the key (gettext)."""
