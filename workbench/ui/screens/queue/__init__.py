"""The Queue: every open case in the order of its deadlines, and what is to know about the one under the cursor."""
