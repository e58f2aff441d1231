using System.Numerics.Tensors;
using System.Security.Cryptography;

namespace NoiseGen.Runtime.Tests.Data;

public class DigitsTests
{
    private const int Pixels = 784;

    private static readonly DataSplit Data = Digits.Create(seed: 1, train: 4000, test: 1000);

    [Fact]
    public void CreatesTheRequestedImages()
    {
        Assert.Equal((4000, 1000, 10), (Data.Train.Count, Data.Test.Count, Data.Train.Classes));
        Assert.Equal(new Shape(1, 28, 28), Data.Test.Shape);
        Assert.All(Enumerable.Range(0, 10), digit => Assert.Equal(100, Data.Test.Labels.Count(digit)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Digits.Create(1, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Digits.Create(1, 1, 0));
    }

    [Fact]
    public void TheSeedIsAllThatMatters()
    {
        Assert.Equal(Data.Train.Image(17).ToArray(), Digits.Create(1, 18, 1).Train.Image(17).ToArray());
        Assert.NotEqual(Data.Train.Image(17).ToArray(), Digits.Create(2, 18, 1).Train.Image(17).ToArray());
        Assert.NotEqual(Data.Train.Image(0).ToArray(), Data.Test.Image(0).ToArray());
    }

    [Fact]
    public void TheBytesAreTheSameOnEveryMachine() =>
        Assert.Equal(
            "364FB4A1E84336FAFB912E4F941B751F49A93C48B79F97EFFC74849390E21C3C", Convert.ToHexString(SHA256.HashData(Data.Test.Pixels)));

    [Fact]
    public void EveryImageShowsInkOnBlack()
    {
        for (int image = 0; image < Data.Test.Count; image++)
        {
            int ink = 0, ground = 0;
            foreach (byte pixel in Data.Test.Image(image)) (ink, ground) = (ink + (pixel > 100 ? 1 : 0), ground + (pixel < 60 ? 1 : 0));
            Assert.InRange(ink, 15, 300);
            Assert.InRange(ground, 400, Pixels);
        }
    }

    [Fact]
    public void ALinearClassifierLearnsButDoesNotSolveIt() => Assert.InRange(SoftmaxRegression(), 0.70, 0.90);

    [Fact]
    public void TheNearestImageIsMostlyTheSameDigit() => Assert.InRange(NearestNeighbour(), 0.80, 0.97);

    private static double NearestNeighbour()
    {
        float[][] train = Inputs(Data.Train);
        float[][] test = Inputs(Data.Test.Take(300));
        int correct = 0;
        for (int i = 0; i < test.Length; i++)
        {
            int nearest = TensorPrimitives.IndexOfMin<float>([.. train.Select(image => TensorPrimitives.Distance<float>(image, test[i]))]);
            if (Data.Train.Labels[nearest] == Data.Test.Labels[i]) correct++;
        }

        return (double)correct / test.Length;
    }

    // Stochastic gradient descent, image by image, until the training data are fitted as well as a linear map can.
    private static double SoftmaxRegression()
    {
        float[][] train = Inputs(Data.Train);
        float[][] test = Inputs(Data.Test);
        float[][] weights = [.. Enumerable.Range(0, 10).Select(_ => new float[Pixels])];
        float[] bias = new float[10], logits = new float[10];
        for (int epoch = 0; epoch < 12; epoch++)
        {
            for (int image = 0; image < train.Length; image++)
            {
                Logits(train[image]);
                TensorPrimitives.SoftMax(logits, logits);
                logits[Data.Train.Labels[image]] -= 1f;
                for (int digit = 0; digit < 10; digit++)
                {
                    float step = -0.02f / (1 + epoch) * logits[digit];
                    TensorPrimitives.MultiplyAdd(train[image], step, weights[digit], weights[digit]);
                    bias[digit] += step;
                }
            }
        }

        int correct = 0;
        for (int image = 0; image < test.Length; image++)
        {
            Logits(test[image]);
            if (TensorPrimitives.IndexOfMax<float>(logits) == Data.Test.Labels[image]) correct++;
        }

        return (double)correct / test.Length;

        void Logits(float[] image)
        {
            for (int digit = 0; digit < 10; digit++) logits[digit] = TensorPrimitives.Dot<float>(weights[digit], image) + bias[digit];
        }
    }

    private static float[][] Inputs(ImageDataset data) =>
        [.. Enumerable.Range(0, data.Count).Select(image => data.Image(image).ToArray().Select(pixel => pixel / 255f).ToArray())];
}
