using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>What the phases that run generated code share.</summary>
/// <param name="Code">The generated code.</param>
/// <param name="State">The network state that the code reads.</param>
/// <param name="Memory">The memory that the code works on.</param>
/// <param name="Runner">Runs the phases.</param>
/// <param name="Input">Reads the batch.</param>
/// <param name="Loss">Computes its loss.</param>
internal sealed record Machinery(
    NetworkCode Code, NetworkState State, WorkMemory Memory, PhaseRunner Runner, BatchInput Input, BatchLoss Loss);
