"""Questions, suggestions and letters from the public, consultations with their opinions, and how each was answered."""
