//! A plain model of a task, its handle, those who await it and its callbacks, and of the loop's
//! queue.

use std::collections::VecDeque;

use tulipa_task::JoinError;

/// What the task does when it is cancelled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Body {
    /// Ends where it is.
    Plain,
    /// Goes on as if nobody had asked.
    Suppresses,
    /// Waits for the second gate, however it ends.
    CleansUp,
}

/// How a task ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum End {
    Value,
    Panic,
    Cancelled,
}

impl End {
    pub(super) fn of(result: &Result<(), JoinError>) -> Self {
        match result {
            Ok(()) => Self::Value,
            Err(error) if error.is_cancelled() => Self::Cancelled,
            Err(_) => Self::Panic,
        }
    }
}

/// What is in the loop's queue, or is to be told of the task's end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Who {
    Subject,
    Awaiter(usize),
    Callback(usize),
}

/// Of a task, as the model sees it.
#[derive(Debug, Default)]
pub(super) struct Host {
    pub(super) queued: bool,
    pub(super) started: bool,
    pub(super) requests: u32,
    /// How often its body was polled.
    pub(super) polls: usize,
    /// Whether a cancellation is due, and if so, whether one may still withdraw it.
    pub(super) due: Option<bool>,
    pub(super) ended: Option<End>,
}

impl Host {
    pub(super) fn request(&mut self) -> bool {
        if self.ended.is_none() {
            self.requests += 1;
            self.due.get_or_insert(true);
        }
        self.ended.is_none()
    }

    pub(super) fn uncancel(&mut self) -> u32 {
        self.requests = self.requests.saturating_sub(1);
        self.due = self.due.filter(|withdrawable| !(*withdrawable && self.requests == 0));
        self.requests
    }
}

/// Where the handle is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Place {
    Test,
    Awaiter(usize),
    /// Dropped, or its result was given.
    Gone,
}

#[derive(Debug)]
pub(super) struct Model {
    pub(super) body: Body,
    pub(super) panics: bool,
    pub(super) gates: [bool; 2],
    pub(super) subject: Host,
    /// How the body ended, while the cleanup runs.
    pub(super) cleaning: Option<End>,
    pub(super) awaiters: Vec<Host>,
    pub(super) handle: Place,
    /// Whose waker the task has.
    pub(super) waiter: Option<usize>,
    /// Whose cancellations the handle holds until the task has ended.
    pub(super) held: Vec<usize>,
    pub(super) callbacks: Vec<usize>,
    pub(super) queue: VecDeque<Who>,
    pub(super) unseen: bool,
    pub(super) log: Vec<String>,
}

impl Model {
    pub(super) fn new(body: Body, panics: bool) -> Self {
        Self {
            body,
            panics,
            gates: [false; 2],
            subject: Host { queued: true, ..Host::default() },
            cleaning: None,
            awaiters: Vec::new(),
            handle: Place::Test,
            waiter: None,
            held: Vec::new(),
            callbacks: Vec::new(),
            queue: VecDeque::from([Who::Subject]),
            unseen: false,
            log: Vec::new(),
        }
    }

    pub(super) fn enqueue(&mut self, who: Who) {
        let queued = match who {
            Who::Subject => &mut self.subject.queued,
            Who::Awaiter(id) => &mut self.awaiters[id].queued,
            Who::Callback(_) => &mut false,
        };
        if !std::mem::replace(queued, true) {
            self.queue.push_back(who);
        }
    }

    /// A request from outside, which wakes the task.
    pub(super) fn cancel(&mut self, who: Who) -> bool {
        let host = match who {
            Who::Awaiter(id) => &mut self.awaiters[id],
            _ => &mut self.subject,
        };
        let requested = host.request();
        if requested {
            self.enqueue(who);
        }
        requested
    }

    /// Wakes the task if it has been there, also if it waits at the other gate by now.
    pub(super) fn open(&mut self, gate: usize) {
        let was_open = std::mem::replace(&mut self.gates[gate], true);
        let has_been_there = self.subject.started && (gate == 0 || self.cleaning.is_some());
        if !was_open && has_been_there && self.subject.ended.is_none() {
            self.enqueue(Who::Subject);
        }
    }

    pub(super) fn turn(&mut self) {
        for _ in 0..self.queue.len() {
            match self.queue.pop_front().expect("nothing is taken back from the queue") {
                Who::Subject => self.poll_subject(),
                Who::Awaiter(id) => self.poll_awaiter(id),
                Who::Callback(id) => self.log.push(format!("callback-{id}")),
            }
        }
    }

    fn poll_subject(&mut self) {
        self.subject.queued = false;
        if !std::mem::replace(&mut self.subject.started, true) && self.subject.due.is_some() {
            return self.end(End::Cancelled);
        }
        if self.cleaning.is_none() {
            let ended = match self.subject.due {
                _ if self.gates[0] => Some(if self.panics { End::Panic } else { End::Value }),
                Some(_) if self.body == Body::Suppresses => {
                    self.subject.due = None;
                    self.log.push("suppressed".into());
                    None
                }
                Some(_) => Some(End::Cancelled),
                None => None,
            };
            let Some(ended) = ended else { return };
            if self.body != Body::CleansUp {
                return self.end(ended);
            }
            self.cleaning = Some(ended);
            if ended == End::Cancelled {
                self.subject.due = None;
            }
        }
        // A request interrupts the cleanup, and does not change how the body has ended.
        if let Some(ended) = self.cleaning.filter(|_| self.gates[1] || self.subject.due.is_some()) {
            self.end(ended);
        }
    }

    fn end(&mut self, end: End) {
        self.subject.ended = Some(end);
        self.subject.due = None;
        self.unseen = end == End::Panic;
        for callback in std::mem::take(&mut self.callbacks) {
            self.queue.push_back(Who::Callback(callback));
        }
        if let Some(id) = self.waiter.take() {
            // The waker of an awaiter that has ended wakes nobody.
            if self.awaiters[id].ended.is_none() {
                self.enqueue(Who::Awaiter(id));
            }
        }
    }

    fn poll_awaiter(&mut self, id: usize) {
        let awaiter = &mut self.awaiters[id];
        awaiter.queued = false;
        let new = !std::mem::replace(&mut awaiter.started, true);
        if new && awaiter.due.is_some() {
            return self.end_awaiter(id, End::Cancelled);
        }
        awaiter.polls += 1;
        if self.handle != Place::Awaiter(id) {
            if awaiter.due.is_some() {
                self.end_awaiter(id, End::Cancelled);
            }
            return;
        }
        let Some(end) = self.subject.ended else {
            self.waiter = Some(id);
            if self.awaiters[id].due.take().is_some() {
                if !self.held.contains(&id) {
                    self.held.push(id);
                }
                self.cancel(Who::Subject);
            }
            return;
        };
        let unwinds = self.held.contains(&id) && end == End::Cancelled;
        self.release(Some(id));
        if unwinds {
            return self.end_awaiter(id, End::Cancelled);
        }
        self.log.push(format!("awaiter-{id}:{end:?}"));
        self.unseen = false;
        self.handle = Place::Gone;
        self.end_awaiter(id, End::Value);
    }

    fn end_awaiter(&mut self, id: usize, end: End) {
        self.awaiters[id].ended = Some(end);
        self.awaiters[id].due = None;
    }

    /// What the handle held goes on; it wakes all but the one who runs.
    pub(super) fn release(&mut self, running: Option<usize>) {
        for id in std::mem::take(&mut self.held) {
            if self.awaiters[id].ended.is_none() {
                self.awaiters[id].due = Some(false);
                if running != Some(id) {
                    self.enqueue(Who::Awaiter(id));
                }
            }
        }
    }
}
