// What a state reports of itself.

import CLuaBridge

func luaMemory(_ state: OpaquePointer) -> Int64 { luath_memory(state) }
