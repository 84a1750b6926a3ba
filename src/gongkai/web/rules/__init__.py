"""What an office sets itself: local holidays, next year's notice, and matters on which the law is silent."""
