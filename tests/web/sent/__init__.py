"""What a hurried or a hostile person sends wrong: the values, the forms they are put into, the way they are sent."""
