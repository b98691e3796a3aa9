"""Readers of lists: each turns one format, as a stream of bytes, into entries and refused rows, in bounded memory."""
