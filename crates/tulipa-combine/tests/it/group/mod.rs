//! S-TG: task groups.

mod cancelling; // S-TG-7, 8, 9, 11 to 14: cancelled from outside, and by the group's own hand
mod eager; // S-TG-10: children that run inside `create_task`
mod failing; // S-TG-2 to 5: children and bodies that fail
mod late; // S-TG-6: children of a group that is aborting or over; a group that is dropped
mod running; // S-TG-1, 10: what a group waits for and gives back
mod start; // children that say when they are ready
