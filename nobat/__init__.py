"""Nobat: appointments at the Electronic Judicial Service Offices of Iran."""
