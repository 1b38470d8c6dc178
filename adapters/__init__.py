"""The faces of Factbot: each turns a platform's event into a Request and a Reply into what people see."""
