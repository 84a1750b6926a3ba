"""第四章 依申请公开: what happens to an application, by when it must be answered, and how it may end. Pure values."""
