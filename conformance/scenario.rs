//! [`Scenario`]: a program and the loops it runs on; `scenarios!` makes an area's table of them.

use std::pin::Pin;

use crate::clock;

/// The main future of a scenario.
pub(crate) type Main = Pin<Box<dyn Future<Output = ()>>>;

/// One program, by its area and name.
#[derive(Debug)]
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) program: Program,
}

/// What kind of program it is, which says where it runs.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Program {
    /// Needs no timer: the virtual and the real loop must print the same.
    Timeless(fn() -> Main),
    /// Needs timers: the virtual clock makes the trace the same each time.
    Timed(fn() -> Main),
    /// Needs what only the real loop has: callbacks with delays, exception handlers.
    Real(fn() -> Main),
    /// Makes its loops, runners and threads itself.
    Whole(fn()),
}

/// Where a scenario runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum On {
    Virtual,
    Real,
}

impl On {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Virtual => "virtual",
            Self::Real => "real",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        [Self::Virtual, Self::Real].into_iter().find(|on| on.name() == name)
    }
}

impl Scenario {
    /// Where it may run, the best place first.
    pub(crate) fn loops(&self) -> &'static [On] {
        match self.program {
            Program::Timeless(_) => &[On::Virtual, On::Real],
            Program::Timed(_) => &[On::Virtual],
            Program::Real(_) | Program::Whole(_) => &[On::Real],
        }
    }

    pub(crate) fn run(&self, on: On) -> Result<(), String> {
        if !self.loops().contains(&on) {
            return Err(format!("`{}` does not run on the {} loop", self.name, on.name()));
        }
        match (self.program, on) {
            (Program::Whole(main), _) => main(),
            (Program::Timeless(main) | Program::Timed(main) | Program::Real(main), on) => {
                let main = async move {
                    clock::start();
                    main().await;
                };
                match on {
                    On::Virtual => tulipa::test::run(main),
                    On::Real => tulipa::run(main),
                }
            }
        }
        Ok(())
    }
}

/// The table of an area: `scenarios! { "lock": timeless fifo, timed waiting, }` for the modules
/// `fifo` and `waiting`. A module that no line names is dead code, which rustc reports.
macro_rules! scenarios {
    ($area:literal: $($kind:ident $name:ident,)*) => {
        pub(crate) const SCENARIOS: &[$crate::scenario::Scenario] = &[$(
            $crate::scenario::Scenario {
                name: concat!($area, "/", stringify!($name)),
                program: $crate::scenario::scenarios!(@$kind $name),
            },
        )*];
    };
    (@timeless $name:ident) => { $crate::scenario::scenarios!(@ Timeless $name) };
    (@timed $name:ident) => { $crate::scenario::scenarios!(@ Timed $name) };
    (@real $name:ident) => { $crate::scenario::scenarios!(@ Real $name) };
    (@whole $name:ident) => { $crate::scenario::Program::Whole($name::main) };
    (@ $kind:ident $name:ident) => {
        $crate::scenario::Program::$kind(|| -> $crate::scenario::Main { Box::pin($name::main()) })
    };
}
pub(crate) use scenarios;
