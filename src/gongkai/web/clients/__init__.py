"""Other systems that call us: who they are, what their tokens let them do, and what each sent under which key."""
