using System.ComponentModel;

namespace NoiseGen.CompilerServices;

/// <summary>
/// Names one realisation of all noise of a network. A sample is a pure function of the key, the site, the image and the element: nothing
/// depends on the order of evaluation, and the same key gives the same bits on any number of threads and any processor.
/// </summary>
/// <param name="Seed">The network's seed.</param>
/// <param name="Draw">Number of the realisation: the training step, or the draw of an evaluation.</param>
/// <param name="Evaluation">Whether it is noise of an evaluation; training and evaluation never share samples.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct NoiseKey(ulong Seed, uint Draw, bool Evaluation);
