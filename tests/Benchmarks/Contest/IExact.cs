namespace NoiseGen.Benchmarks.Contest;

/// <summary>What the weights that both sides were given last make of the batch, in double precision.</summary>
internal interface IExact
{
    /// <summary>In evaluation, image × class.</summary>
    double[] Logits();

    /// <summary>The mean loss, in training.</summary>
    double Loss();
}
