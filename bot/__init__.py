"""Factbot's core: it takes values and gives values, and knows no platform."""

__version__ = "0.1.0"
