"""What the two chat faces share: presses as text, cooldowns, answering once, and the core off the event loop."""
