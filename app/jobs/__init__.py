"""Jobs 长任务: what takes longer than a page may, done by a process of its own, with progress and a way back."""
