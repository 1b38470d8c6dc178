"""What only the command line needs: printing, exit statuses, logs, JSON answers, import and export with progress.

The subcommands themselves are in `bot.cli`.
"""
