"""The demo: a made-up district on a September morning. Nothing in it exists, and a real installation never loads it."""
