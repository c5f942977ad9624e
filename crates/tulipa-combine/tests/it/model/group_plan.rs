//! What a task group of random children must come to: a plain computation, moment by moment.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Moment;

/// What the body or a child does.
#[derive(Clone, Debug)]
pub(super) struct Actor {
    pub(super) name: usize,
    pub(super) steps: Vec<Step>,
    pub(super) end: How,
    pub(super) answer: Answer,
}

#[derive(Clone, Debug)]
pub(super) enum Step {
    Sleep(Moment),
    Start(Actor),
    CancelGroup,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    Value,
    Error,
    Panic,
    Cancelled,
}

/// What it does when it is cancelled in a sleep.
#[derive(Clone, Copy, Debug)]
pub(super) enum Answer {
    Ends,
    CleansUp(Moment),
    GoesOn,
    FailsAfter(Moment),
}

impl Actor {
    pub(super) fn random(rng: &mut fastrand::Rng, depth: usize, names: &mut usize) -> Self {
        let name = *names;
        *names += 1;
        let mut steps = Vec::new();
        for _ in 0..rng.usize(..5) {
            steps.push(match rng.u8(..16) {
                0 => Step::CancelGroup,
                1..=7 if depth > 0 => Step::Start(Self::random(rng, depth - 1, names)),
                _ => Step::Sleep(time(rng)),
            });
        }
        let end = match rng.u8(..10) {
            0 => How::Error,
            1 => How::Panic,
            2 if name > 0 => How::Cancelled,
            _ => How::Value,
        };
        let answers = [
            Answer::Ends,
            Answer::CleansUp(time(rng)),
            Answer::GoesOn,
            Answer::FailsAfter(time(rng)),
        ];
        Self { name, steps, end, answer: *rng.choice(&answers).unwrap() }
    }
}

/// From so many that hardly ever two things happen at once.
pub(super) fn time(rng: &mut fastrand::Rng) -> Moment {
    rng.u64(1..1_000_000)
}

/// What comes of the group.
#[derive(Debug, PartialEq)]
pub(super) enum Outcome {
    Value,
    /// Of whom; the body has the name 0.
    Errors(Vec<(usize, How)>),
    BodyPanics,
    /// By its own `cancel`.
    OwnHand,
    Cancelled,
}

#[derive(Debug, PartialEq)]
pub(super) struct Finish {
    pub(super) outcome: Outcome,
    pub(super) at: Moment,
    /// How those ended that had begun, and when.
    pub(super) ends: Vec<(usize, (Moment, How))>,
    /// Whether a cancellation from outside stays pending.
    pub(super) pending: bool,
    /// How many requests came before the end.
    pub(super) requests: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    New,
    Runs,
    Sleeps {
        until: Moment,
    },
    /// It was cancelled, and does what it has to before it ends.
    Answers {
        until: Moment,
        fails: bool,
    },
    Over,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Start(usize),
    Wake(usize),
    Request,
}

/// One that was created. The body is the first.
struct Running {
    actor: Actor,
    next: usize,
    state: State,
    /// Told while it ran; to be answered at the next sleep.
    told: bool,
    /// Whether it has the cancellation from outside to answer (the body alone).
    from_outside: bool,
}

impl Running {
    fn new(actor: Actor) -> Self {
        Self { actor, next: 0, state: State::New, told: false, from_outside: false }
    }
}

pub(super) struct Model {
    all: Vec<Running>,
    /// By moment, then by number. A heap gives the greatest first, hence in reverse.
    events: BinaryHeap<Reverse<(Moment, usize, Event)>>,
    events_ever: usize,
    now: Moment,
    closed: bool,
    errors: Vec<(usize, How)>,
    body: Option<How>,
    ends: Vec<(usize, (Moment, How))>,
    /// The group holds the cancellation from outside until its end.
    held: bool,
    requests: usize,
}

impl Model {
    /// `None` if two things happen at once, so that their order is not plain.
    pub(super) fn result(body: Actor, requests: &[Moment]) -> Option<Finish> {
        let mut model = Self {
            all: vec![Running::new(body)],
            events: BinaryHeap::new(),
            events_ever: 0,
            now: 0,
            closed: false,
            errors: Vec::new(),
            body: None,
            ends: Vec::new(),
            held: false,
            requests: 0,
        };
        model.schedule(0, Event::Start(0));
        for at in requests {
            model.schedule(*at, Event::Request);
        }
        model.run_all()?;
        model.ends.sort_unstable();
        let Self { errors, body, ends, held, requests, now, .. } = model;
        let outcome = match body {
            Some(How::Panic) if errors.is_empty() => Outcome::BodyPanics,
            Some(how @ (How::Error | How::Panic)) => {
                Outcome::Errors(errors.into_iter().chain([(0, how)]).collect())
            }
            _ if !errors.is_empty() => Outcome::Errors(errors),
            _ if held => Outcome::Cancelled,
            Some(How::Value) => Outcome::Value,
            _ => Outcome::OwnHand,
        };
        Some(Finish { outcome, at: now, ends, pending: held, requests })
    }

    fn schedule(&mut self, at: Moment, event: Event) {
        self.events_ever += 1;
        self.events.push(Reverse((at, self.events_ever, event)));
    }

    fn run_all(&mut self) -> Option<()> {
        let mut last = None;
        while self.all.iter().any(|running| running.state != State::Over) {
            let Reverse((at, _, event)) = self.events.pop().expect("all of them end");
            self.now = at;
            let is_due = |until| until == at;
            match event {
                Event::Start(who) => {
                    if self.all[who].state == State::New {
                        self.run(who);
                    }
                    continue;
                }
                Event::Request => {
                    self.requests += 1;
                    self.request_from_outside();
                }
                Event::Wake(who) => match self.all[who].state {
                    State::Sleeps { until } if is_due(until) => self.run(who),
                    State::Answers { until, fails } if is_due(until) => {
                        self.end(who, if fails { How::Error } else { How::Cancelled });
                    }
                    _ => continue,
                },
            }
            if last.replace(at) == Some(at) {
                return None;
            }
        }
        Some(())
    }

    /// Runs one until it sleeps or ends.
    fn run(&mut self, who: usize) {
        self.all[who].state = State::Runs;
        while let Some(step) = self.all[who].actor.steps.get(self.all[who].next).cloned() {
            self.all[who].next += 1;
            match step {
                Step::CancelGroup => self.abort(),
                Step::Start(actor) => {
                    let new = self.all.len();
                    self.all.push(Running::new(actor));
                    if self.closed {
                        self.all[new].state = State::Over;
                    } else {
                        self.schedule(self.now, Event::Start(new));
                    }
                }
                Step::Sleep(time) => {
                    self.sleep(who, time);
                    if std::mem::take(&mut self.all[who].told) {
                        self.tell(who);
                    }
                    return;
                }
            }
        }
        self.end(who, self.all[who].actor.end);
    }

    fn sleep(&mut self, who: usize, time: Moment) {
        let until = self.now + time;
        self.all[who].state = State::Sleeps { until };
        self.schedule(until, Event::Wake(who));
    }

    /// The group tells the body and the children to end, once.
    fn abort(&mut self) {
        if !std::mem::replace(&mut self.closed, true) {
            (0..self.all.len()).for_each(|who| self.tell(who));
        }
    }

    /// One is cancelled.
    fn tell(&mut self, who: usize) {
        match (self.all[who].state, self.all[who].actor.answer) {
            (State::Over, _) | (State::Sleeps { .. }, Answer::GoesOn) => {
                self.all[who].from_outside = false;
            }
            // Its body never runs.
            (State::New, _) => self.all[who].state = State::Over,
            (State::Runs, _) => self.all[who].told = true,
            (State::Sleeps { .. }, Answer::CleansUp(time)) => self.answer(who, time, false),
            (State::Sleeps { .. }, Answer::FailsAfter(time)) => self.answer(who, time, true),
            // A second cancellation interrupts the answer to the first.
            (State::Sleeps { .. } | State::Answers { .. }, _) => self.end(who, How::Cancelled),
        }
    }

    fn answer(&mut self, who: usize, time: Moment, fails: bool) {
        let until = self.now + time;
        self.all[who].state = State::Answers { until, fails };
        self.schedule(until, Event::Wake(who));
    }

    fn request_from_outside(&mut self) {
        if self.all[0].state == State::Over {
            self.held = true;
            self.abort();
        } else {
            self.all[0].from_outside = true;
            self.tell(0);
        }
    }

    fn end(&mut self, who: usize, how: How) {
        self.all[who].state = State::Over;
        let name = self.all[who].actor.name;
        self.ends.push((name, (self.now, how)));
        if who > 0 {
            if matches!(how, How::Error | How::Panic) {
                self.errors.push((name, how));
                self.abort();
            }
            return;
        }
        self.body = Some(how);
        if how == How::Cancelled {
            self.held |= self.all[0].from_outside;
        }
        if how != How::Value {
            self.abort();
        }
    }
}
