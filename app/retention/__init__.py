"""Retention 保存期限: how long names are kept after the seal, who is due, and erasing with a certificate."""
