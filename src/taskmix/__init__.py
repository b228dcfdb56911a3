"""taskmix: where does human effort go when AI takes over execution?"""
