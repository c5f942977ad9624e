//! [`TaskList`]: the tasks of one loop that have not ended, and how new ones are made.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use crate::factory::TaskFactory;
use crate::header::Header;

/// A task as its loop holds it: whatever it is, it has a header.
pub type TaskEntry = Rc<dyn AsRef<Header>>;

/// The tasks of a loop that have not ended. They are the loop's: it keeps them alive.
#[derive(Default)]
pub struct TaskList {
    places: RefCell<Places>,
    factory: RefCell<Option<TaskFactory>>,
}

#[derive(Default)]
struct Places {
    tasks: Vec<Option<TaskEntry>>,
    free: Vec<usize>,
}

impl TaskList {
    /// A list without tasks.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a task in.
    pub fn insert(&self, task: TaskEntry) {
        let mut places = self.places.borrow_mut();
        if let Some(place) = places.free.pop() {
            (*task).as_ref().place.set(place);
            places.tasks[place] = Some(task);
        } else {
            (*task).as_ref().place.set(places.tasks.len());
            places.tasks.push(Some(task));
        }
    }

    /// Takes a task out; does nothing if it is not in.
    pub fn remove(&self, task: &Header) {
        let mut places = self.places.borrow_mut();
        let Places { tasks, free } = &mut *places;
        let Some(held) = tasks.get_mut(task.place.get()) else { return };
        if !held.as_ref().is_some_and(|held| std::ptr::eq((**held).as_ref(), task)) {
            return;
        }
        let gone = held.take();
        free.push(task.place.get());
        drop(places);
        // Outside the borrow: it may be the last of the task.
        drop(gone);
    }

    /// Sets what is asked before each new task of the loop is made; gives back what was.
    pub fn set_factory(&self, factory: Option<TaskFactory>) -> Option<TaskFactory> {
        self.factory.replace(factory)
    }

    /// Whether anything is asked before a new task of the loop is made.
    pub fn has_factory(&self) -> bool {
        self.factory.borrow().is_some()
    }

    /// What is asked before each new task of the loop is made.
    pub fn factory(&self) -> Option<TaskFactory> {
        self.factory.borrow().clone()
    }

    /// Whether no task is left.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many tasks have not ended.
    pub fn len(&self) -> usize {
        let places = self.places.borrow();
        places.tasks.len() - places.free.len()
    }

    /// Visits every task that is in at the start, oldest first. The visitor may do anything, also
    /// end tasks.
    pub fn for_each(&self, mut visit: impl FnMut(&Header)) {
        let mut tasks: Vec<_> = self.places.borrow().tasks.iter().flatten().cloned().collect();
        tasks.sort_unstable_by_key(|task| (**task).as_ref().id());
        for task in &tasks {
            visit((**task).as_ref());
        }
    }
}

impl fmt::Debug for TaskList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut names = Vec::new();
        self.for_each(|header| names.push(header.name()));
        f.debug_list().entries(names).finish()
    }
}
