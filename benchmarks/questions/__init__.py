"""How well questions in English are answered over dated facts, by type."""
