//! Scenarios of task groups.

crate::scenario::scenarios! { "task_group":
}
