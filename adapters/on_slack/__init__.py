"""The Slack face: events in, requests to the core, replies as Block Kit messages, modals and the Home tab out."""
