//! Random sets, resets, copies and runs against plain maps.

use std::collections::BTreeMap;

use tulipa_context::{Context, ContextVar, Token};

static VARS: [ContextVar<u32>; 5] = [
    ContextVar::new("0"),
    ContextVar::new("1"),
    ContextVar::new("2"),
    ContextVar::new("3"),
    ContextVar::new("4"),
];

#[derive(Default)]
struct Model {
    contexts: Vec<(Context, BTreeMap<usize, u32>)>,
    /// A token, its variable, its context, and what it puts back.
    tokens: Vec<(Token<u32>, usize, usize, Option<u32>)>,
}

impl Model {
    /// One random step of code that runs in the context `at`, at most so deep.
    fn step(&mut self, rng: &mut fastrand::Rng, at: usize, depth: u32) {
        let var = rng.usize(..VARS.len());
        match rng.u8(..6) {
            0 | 1 => {
                let value = rng.u32(..);
                let token = VARS[var].set(value);
                let old = self.contexts[at].1.insert(var, value);
                assert_eq!(token.old_value().copied(), old);
                self.tokens.push((token, var, at, old));
            }
            2 => {
                let Some(which) = rng.choice(0..self.tokens.len()) else { return };
                let (token, var, of, old) = self.tokens.swap_remove(which);
                let reset = VARS[var].reset(token);
                assert_eq!(reset.is_ok(), of == at);
                match (reset, old) {
                    (Err(error), old) => self.tokens.push((error.token, var, of, old)),
                    (Ok(()), Some(old)) => _ = self.contexts[at].1.insert(var, old),
                    (Ok(()), None) => _ = self.contexts[at].1.remove(&var),
                }
            }
            3 => {
                let (context, values) = &self.contexts[rng.usize(..self.contexts.len())];
                let copy = (context.copy(), values.clone());
                self.contexts.push(copy);
            }
            _ if depth > 0 => {
                let inner = rng.usize(..self.contexts.len());
                self.run(rng, inner, depth - 1);
            }
            _ => {}
        }
        for (var, held) in VARS.iter().enumerate() {
            assert_eq!(held.get(), self.contexts[at].1.get(&var).copied());
        }
    }

    fn run(&mut self, rng: &mut fastrand::Rng, at: usize, depth: u32) {
        let context = self.contexts[at].0.clone();
        context.run(|| (0..6).for_each(|_| self.step(rng, at, depth)));
        assert_eq!(context.len(), self.contexts[at].1.len());
    }
}

#[test]
fn contexts_are_maps_that_are_copied() {
    for seed in 0..500 {
        let mut rng = fastrand::Rng::with_seed(seed);
        let mut model = Model::default();
        model.contexts.push((Context::new(), BTreeMap::new()));
        println!("seed {seed}");
        for _ in 0..20 {
            let at = rng.usize(..model.contexts.len());
            model.run(&mut rng, at, 3);
            assert!(VARS.iter().all(|var| var.get().is_none()), "nothing is set out here");
        }
    }
}
