#!/usr/bin/env node
import { endLike } from './end-like.ts'
import { main } from './main.ts'
import { systemWorld } from './system-world.ts'

endLike(await main(systemWorld()))
