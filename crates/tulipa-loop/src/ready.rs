//! [`Ready`]: the ready queue of the loop, first come first served.
//!
//! Nearly all entries are tasks, and a task is one word. Callbacks, which are several, wait in a
//! queue of their own; an empty place among the tasks says that it is the next callback's turn.

use std::collections::VecDeque;

use tulipa_rt::Runnable;

use crate::callback::Callback;

#[derive(Default)]
pub(crate) struct Ready {
    order: VecDeque<Option<Runnable>>,
    callbacks: VecDeque<Callback>,
}

pub(crate) enum Entry {
    Task(Runnable),
    Callback(Callback),
}

impl Ready {
    pub(crate) fn len(&self) -> usize {
        self.order.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    pub(crate) fn push_task(&mut self, task: Runnable) {
        self.order.push_back(Some(task));
    }

    pub(crate) fn push_callback(&mut self, callback: Callback) {
        self.order.push_back(None);
        self.callbacks.push_back(callback);
    }

    pub(crate) fn pop(&mut self) -> Option<Entry> {
        match self.order.pop_front()? {
            Some(task) => Some(Entry::Task(task)),
            None => self.callbacks.pop_front().map(Entry::Callback),
        }
    }

    /// Puts all of another queue behind this one.
    pub(crate) fn append(&mut self, mut behind: Self) {
        self.order.append(&mut behind.order);
        self.callbacks.append(&mut behind.callbacks);
    }
}
