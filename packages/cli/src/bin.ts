import { endLike } from './end-like.ts'
import { main } from './main.ts'
import { systemWorld } from './system-world.ts'

void main(systemWorld()).then(endLike)
