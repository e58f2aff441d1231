using CsCheck;

namespace NoiseGen.Runtime.Tests.Optimizers;

/// <summary>Each optimizer against its definition, one parameter at a time in double precision, over many steps.</summary>
public class OptimizerTests
{
    private const int Steps = 25;

    private static readonly Gen<float> Decay = Gen.OneOf(Gen.Const(0f), Gen.Float[0.001f, 0.1f]);

    [Fact]
    public void SgdIsItsDefinition() => Gen.Select(Gen.Float[0f, 0.9f], Gen.Bool, Decay, Gen.Int[1, 5]).Sample(
        (momentum, nesterov, decay, blocks) =>
        {
            nesterov &= momentum > 0f;
            var sgd = new Sgd(0.05f) { Momentum = momentum, Nesterov = nesterov, WeightDecay = decay };
            AssertFollows(sgd, blocks * 16, 1e-5, _ =>
            {
                double velocity = 0;
                return (p, gradient, rate) =>
                {
                    double g = gradient + decay * p;
                    velocity = momentum * velocity + g;
                    return p - rate * (momentum == 0f ? g : nesterov ? g + momentum * velocity : velocity);
                };
            });
        },
        iter: 50);

    [Fact]
    public void AdamIsItsDefinition() =>
        Gen.Select(Gen.Double[0, 0.95], Gen.Double[0.5, 0.9995], Gen.Float[1e-8f, 1e-3f], Decay, Gen.Int[1, 5]).Sample(
        (beta1, beta2, epsilon, decay, blocks) =>
        {
            var adam = new Adam(0.01f) { Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon, WeightDecay = decay };
            AssertFollows(adam, blocks * 16, 1e-4, _ => AdamStep(beta1, beta2, epsilon, gradientDecay: decay, parameterDecay: 0));
        },
        iter: 50);

    [Fact]
    public void AdamWIsItsDefinition() =>
        Gen.Select(Gen.Double[0, 0.95], Gen.Double[0.5, 0.9995], Gen.Float[1e-8f, 1e-3f], Decay, Gen.Int[1, 5]).Sample(
        (beta1, beta2, epsilon, decay, blocks) =>
        {
            var adam = new AdamW(0.01f) { Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon, WeightDecay = decay };
            AssertFollows(adam, blocks * 16, 1e-4, _ => AdamStep(beta1, beta2, epsilon, gradientDecay: 0, parameterDecay: decay));
        },
        iter: 50);

    [Fact]
    public void TheDefaultsArePyTorchs()
    {
        Assert.Equal((0f, false, 0f), (new Sgd(1f).Momentum, new Sgd(1f).Nesterov, new Sgd(1f).WeightDecay));
        var adam = new Adam(1f);
        Assert.Equal((0.9, 0.999, 1e-8f, 0f), (adam.Beta1, adam.Beta2, adam.Epsilon, adam.WeightDecay));
        Assert.Equal(0.01f, new AdamW(1f).WeightDecay);
    }

    // The first step of Adam has length rate · g / (|g| + ε), whatever the betas.
    [Theory]
    [InlineData(3f, -0.01f)]
    [InlineData(-1e-3f, 0.01f)]
    [InlineData(0f, 0f)]
    public void AdamsFirstStepIsTheLearningRate(float gradient, float expected)
    {
        var adam = new Adam(0.01f);
        float[] parameters = new float[16];
        adam.Attach(16);
        adam.BeginStep();
        adam.Update(parameters, Filled(gradient), 0);
        Assert.All(parameters, p => Assert.Equal(expected, p, 1e-6f));
    }

    public static TheoryData<string> All => ["sgd", "momentum", "nesterov", "adam", "adamw"];

    [Theory]
    [MemberData(nameof(All))]
    public void RangesMayBeUpdatedInAnyOrder(string name)
    {
        const int Length = 160;
        var random = new Random(3);
        Optimizer whole = Make(name), parts = Make(name);
        whole.Attach(Length);
        parts.Attach(Length);
        float[] a = Values(random, Length), b = [.. a];
        for (int step = 0; step < 5; step++)
        {
            float[] gradients = Values(random, Length);
            whole.BeginStep();
            whole.Update(a, gradients, 0);
            parts.BeginStep();
            foreach (int start in (int[])[112, 0, 48])
                parts.Update(b.AsSpan(start, start == 48 ? 64 : 48), gradients.AsSpan(start, start == 48 ? 64 : 48), start);
        }

        Assert.Equal(a, b);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void AStepAllocatesNothing(string name)
    {
        Optimizer optimizer = Make(name);
        optimizer.Attach(64);
        float[] parameters = Filled(1f, 64), gradients = Filled(0.5f, 64);
        long Step()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            optimizer.BeginStep();
            optimizer.Update(parameters, gradients, 0);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.True(Step() >= 0); // warms up
        Assert.Equal(0, Step());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void ServesOneNetwork(string name)
    {
        Optimizer optimizer = Make(name);
        optimizer.Attach(32);
        optimizer.Attach(32);
        var error = Assert.Throws<InvalidOperationException>(() => optimizer.Attach(48));
        Assert.Contains("32 floats", error.Message, StringComparison.Ordinal);
        Assert.Contains("48", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Make(name).Attach(33));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void AttachingAgainKeepsTheState(string name)
    {
        Optimizer once = Make(name), twice = Make(name);
        float[] a = Filled(1f), b = Filled(1f);
        once.Attach(16);
        for (int step = 0; step < 3; step++)
        {
            twice.Attach(16);
            once.BeginStep();
            twice.BeginStep();
            once.Update(a, Filled(step + 0.5f), 0);
            twice.Update(b, Filled(step + 0.5f), 0);
        }

        Assert.Equal(a, b);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void RefusesWrongRanges(string name)
    {
        Optimizer optimizer = Make(name);
        optimizer.Attach(32);
        optimizer.BeginStep();
        Assert.Throws<ArgumentException>(() => optimizer.Update(new float[15], new float[15], 0));
        Assert.Throws<ArgumentException>(() => optimizer.Update(new float[16], new float[32], 0));
        Assert.Throws<ArgumentException>(() => optimizer.Update(new float[16], new float[16], 8));
        Assert.Throws<ArgumentException>(() => optimizer.Update(new float[16], new float[16], 32));
        Assert.Throws<ArgumentException>(() => optimizer.Update(new float[16], new float[16], -16));
        Assert.Throws<ArgumentException>(() => Make(name).Update(new float[16], new float[16], 0));
    }

    [Fact]
    public void RefusesWrongSettings()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(-1f));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(1f) { Momentum = 1f });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(1f) { Momentum = -0.1f });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(1f) { WeightDecay = -0.1f });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(1f) { Beta1 = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(1f) { Beta2 = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(1f) { Epsilon = 0f });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW(1f) { WeightDecay = float.PositiveInfinity });
        Assert.Throws<InvalidOperationException>(() => new Sgd(1f) { Nesterov = true }.Attach(16));
    }

    [Fact]
    public void AdamNeedsAStepToBeBegun()
    {
        var adam = new Adam(1f);
        adam.Attach(16);
        Assert.Throws<InvalidOperationException>(() => adam.Update(new float[16], new float[16], 0));
    }

    private static Optimizer Make(string name) => name switch
    {
        "sgd" => new Sgd(0.1f) { WeightDecay = 0.01f },
        "momentum" => new Sgd(0.1f) { Momentum = 0.9f },
        "nesterov" => new Sgd(0.1f) { Momentum = 0.9f, Nesterov = true },
        "adam" => new Adam(0.1f) { WeightDecay = 0.01f },
        "adamw" => new AdamW(0.1f),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    // torch.optim.Adam, and AdamW where the decay is the parameter's own.
    private static Func<double, double, double, double> AdamStep(
        double beta1, double beta2, double epsilon, double gradientDecay, double parameterDecay)
    {
        double m = 0, v = 0;
        int t = 0;
        return (p, gradient, rate) =>
        {
            t++;
            p *= 1 - rate * parameterDecay;
            double g = gradient + gradientDecay * p;
            m = beta1 * m + (1 - beta1) * g;
            v = beta2 * v + (1 - beta2) * g * g;
            double stepSize = rate / (1 - Math.Pow(beta1, t));
            return p - stepSize * m / (Math.Sqrt(v) / Math.Sqrt(1 - Math.Pow(beta2, t)) + epsilon);
        };
    }

    // The definition maps (parameter, gradient, learning rate) to the new parameter and keeps its own state.
    // The learning rate changes between steps.
    private static void AssertFollows(
        Optimizer optimizer, int length, double tolerance, Func<int, Func<double, double, double, double>> define)
    {
        var random = new Random(length);
        float[] parameters = Values(random, length);
        double[] expected = [.. parameters.Select(p => (double)p)];
        Func<double, double, double, double>[] steps = [.. Enumerable.Range(0, length).Select(define)];
        optimizer.Attach(length);
        for (int step = 0; step < Steps; step++)
        {
            if (step == Steps / 2) optimizer.LearningRate *= 0.5f;
            float[] gradients = Values(random, length);
            optimizer.BeginStep();
            optimizer.Update(parameters, gradients, 0);
            for (int i = 0; i < length; i++)
            {
                expected[i] = steps[i](expected[i], gradients[i], optimizer.LearningRate);
                Assert.Equal(expected[i], parameters[i], tolerance);
            }
        }
    }

    private static float[] Values(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => 2f * random.NextSingle() - 1f)];

    private static float[] Filled(float value, int length = 16)
    {
        float[] values = new float[length];
        Array.Fill(values, value);
        return values;
    }
}
