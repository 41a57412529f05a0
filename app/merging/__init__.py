"""One child that stands in the books twice: found, looked at side by side, linked, and parted again."""
