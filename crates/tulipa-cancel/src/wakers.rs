//! [`Wakers`]: a list of wakers whose places are used again.

use std::task::Waker;

/// Wakers by place. A place stays its owner's until it is given back.
#[derive(Debug, Default)]
pub(crate) struct Wakers {
    places: Vec<Option<Waker>>,
    free: Vec<usize>,
}

impl Wakers {
    pub(crate) fn add(&mut self, waker: Waker) -> usize {
        if let Some(place) = self.free.pop() {
            self.places[place] = Some(waker);
            return place;
        }
        self.places.push(Some(waker));
        self.places.len() - 1
    }

    /// Gives back the old waker, for the caller to drop where it holds no lock.
    pub(crate) fn update(&mut self, place: usize, waker: &Waker) -> Option<Waker> {
        let held = self.places.get_mut(place)?.as_mut()?;
        (!held.will_wake(waker)).then(|| std::mem::replace(held, waker.clone()))
    }

    pub(crate) fn remove(&mut self, place: usize) -> Option<Waker> {
        let gone = self.places.get_mut(place)?.take()?;
        self.free.push(place);
        Some(gone)
    }

    /// How many wakers there are.
    pub(crate) fn len(&self) -> usize {
        self.places.len() - self.free.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Waker> {
        self.places.iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_used_again() {
        let mut wakers = Wakers::default();
        for _ in 0..10_000 {
            let [one, two] = [(); 2].map(|()| wakers.add(Waker::noop().clone()));
            assert!(one < 2 && two < 2 && wakers.len() == 2);
            assert!(wakers.remove(one).is_some() && wakers.remove(two).is_some());
            assert!(wakers.remove(one).is_none(), "given back already");
        }
        assert_eq!((wakers.len(), wakers.iter().count()), (0, 0));
    }
}
