//! The seam of the tulipa event loop: what a task may ask of its loop.
