"""The Discord face: events in, requests to the core, replies as embeds, buttons, menus and forms out."""
