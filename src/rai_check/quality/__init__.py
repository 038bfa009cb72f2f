"""What is wrong with data before anybody asks whether it is fair: counted, never judged here."""
