namespace NoiseGen.Tests.RandomNetworks.Declarations;

/// <summary>Draws the operations of a stage so that they fit its input.</summary>
internal sealed class StageDraw(Random random, Feature features, DrawSize size)
{
    private const int MostFeatures = 18;

    private readonly Activation[] _activations = Activations(features);

    public bool Has(Feature feature) => features.HasFlag(feature);

    public bool Chance(double probability) => random.NextDouble() < probability;

    /// <summary>A linear operation, or none.</summary>
    public LinearModel? Linear(Shape input)
    {
        if (Chance(0.15)) return null;
        return input.IsFlat && Chance(0.9) || Chance(0.1) ? Dense(random.Next(1, MostFeatures)) : Convolution(input);
    }

    public LinearModel.Dense Dense(int count) => new(count, Bias());

    /// <summary>A convolution of stride 1 that keeps the map's size, for blocks, whose numbers come from outside.</summary>
    public LinearModel.Conv2d SameSize(int channels, int stride)
    {
        int kernel = Chance(0.8) ? 3 : 1;
        return new(channels, Square(kernel, stride, kernel / 2), 1, Bias());
    }

    public ActivationModel Activation() =>
        new(_activations[random.Next(_activations.Length)], MathF.Round(0.01f + 0.4f * random.NextSingle(), 2));

    public PoolModel Pool(Shape input)
    {
        if (Has(Feature.GlobalPool) && Chance(0.15)) return new PoolModel.Global();
        Window window = Window(input, most: 3, mostPadding: size => size / 2);
        if (Chance(0.6)) window = window with { StrideHeight = window.Height, StrideWidth = window.Width };
        return Chance(0.5) ? new PoolModel.Max(window) : new PoolModel.Average(window, Chance(0.6));
    }

    public float DropoutRate() => Has(Feature.Dropout) && Chance(0.1) ? MathF.Round(0.1f + 0.5f * random.NextSingle(), 2) : 0f;

    public bool Norm() => Has(Feature.BatchNorm) && Chance(0.35);

    private static Activation[] Activations(Feature features)
    {
        List<Activation> activations = [NoiseGen.Activation.Relu];
        if (features.HasFlag(Feature.LeakyRelu)) activations.Add(NoiseGen.Activation.LeakyRelu);
        if (features.HasFlag(Feature.Sigmoid)) activations.Add(NoiseGen.Activation.Sigmoid);
        if (features.HasFlag(Feature.Tanh)) activations.Add(NoiseGen.Activation.Tanh);
        return [.. activations];
    }

    private LinearModel.Conv2d Convolution(Shape input)
    {
        int channels = random.Next(1, size.Channels + 1);
        int groups = 1;
        if (Has(Feature.Groups) && Chance(0.25))
        {
            int[] divisors = [.. Enumerable.Range(1, input.Channels).Where(divisor => input.Channels % divisor == 0)];
            groups = divisors[random.Next(divisors.Length)];
            channels = groups * random.Next(1, 3);
        }

        return new(channels, Window(input, most: 5, mostPadding: size => size - 1), groups, Bias());
    }

    private bool Bias() => !Has(Feature.NoBias) || Chance(0.7);

    private Window Window(Shape input, int most, Func<int, int> mostPadding)
    {
        bool square = !Has(Feature.Windows) || Chance(0.6);
        (int size, int stride, int padding) = Side(square ? Math.Min(input.Height, input.Width) : input.Height, most, mostPadding);
        if (square) return Square(size, stride, padding);

        (int width, int strideWidth, int paddingWidth) = Side(input.Width, most, mostPadding);
        return new(size, width, stride, strideWidth, padding, paddingWidth);
    }

    private (int Size, int Stride, int Padding) Side(int length, int most, Func<int, int> mostPadding)
    {
        int size = random.Next(1, Math.Min(most, length) + 1);
        return (size, Chance(0.65) ? 1 : random.Next(1, 4), Chance(0.5) ? 0 : random.Next(mostPadding(size) + 1));
    }

    private static Window Square(int size, int stride, int padding) => new(size, size, stride, stride, padding, padding);
}
