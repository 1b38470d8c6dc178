"""What the bot is and how to ask it: in the Home tab, and for whoever greets it."""

from bot.reply import Field, Reply

ABOUT = Reply(
    title="Factbot",
    text="Ask whether something is true, or who said it: you get the claim on record, who made it, and its status. "
    "It never guesses: what is not on record, it says so.",
    fields=(
        Field("In a channel or a thread", "mention me with your question; in a thread, I can check its first message"),
        Field("Privately", "/factcheck and your question, or write to me here under Messages"),
        Field("Somebody's message", "open its menu and choose “Check this message”"),
        Field("All commands", "/fact help"),
    ),
)
