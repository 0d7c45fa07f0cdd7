"""Whatever may be sent to us: every address and every form, filled in wrongly on purpose."""
