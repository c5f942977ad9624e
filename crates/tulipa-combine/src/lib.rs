//! gather, wait, as_completed, shield and task groups.
