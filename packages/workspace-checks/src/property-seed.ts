import fc from 'fast-check'

/** Property tests try the same cases in every run, so that a change is only red for what it did. */
fc.configureGlobal({ seed: 20_261_126 })
