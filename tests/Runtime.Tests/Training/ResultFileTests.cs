using System.Globalization;
using System.Xml.Linq;
using NoiseGen.Runtime.Tests.Data;
using NoiseGen.Runtime.Tests.Lifetime;

namespace NoiseGen.Runtime.Tests.Training;

/// <summary>What results write and print.</summary>
public sealed class ResultFileTests : IDisposable
{
    private static readonly TrainingHistory s_history = new(
    [
        new(1, 1.5, 0.25, 0.01f, 1000, TimeSpan.FromSeconds(2)) { Validation = new(1.25, 40, 100) },
        new(2, 0.5, 0.75, 0.005f, 1000, TimeSpan.FromSeconds(2.5)) { Validation = new(1.5, 45, 100) },
    ]);

    private static readonly TrainingHistory s_targets =
        new([new(1, 0.125, double.NaN, 0.01f, 10, TimeSpan.FromSeconds(1)) { Validation = new(0.5, 0, 10) { HasTargets = true } }]);

    private readonly TemporaryFolder _folder = new();

    private string At => _folder.File("file");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AHistoryIsATableForMachinesAndForPeople()
    {
        s_history.WriteCsv(At);
        Assert.Equal(
            "epoch,loss,accuracy,validation_loss,validation_accuracy,learning_rate,images,seconds\n"
                + "1,1.5,0.25,1.25,0.4,0.01,1000,2\n2,0.5,0.75,1.5,0.45,0.005,1000,2.5\n",
            File.ReadAllText(At));
        Assert.Equal(
            """
            epoch  loss  accuracy    validation  learning rate  images/s
                1   1.5    25.0 %  1.25, 40.0 %           0.01       500
                2   0.5    75.0 %   1.5, 45.0 %          0.005       400

            """, s_history.ToString());
        Assert.Equal("Epoch 1: loss 1.5, accuracy 25.0 %, validation loss 1.25, accuracy 40.0 %, learning rate 0.01",
            s_history.Epochs[0].ToString());
        Assert.Equal(1, s_history.Best(TrainingMetric.ValidationLoss).Number);
        Assert.Equal(2, s_history.Best(TrainingMetric.ValidationAccuracy).Number);
    }

    [Fact]
    public void WithTargetsThereIsNoAccuracy()
    {
        s_targets.WriteCsv(At);
        Assert.EndsWith("\n1,0.125,,0.5,,0.01,10,1\n", File.ReadAllText(At));
        Assert.DoesNotContain("accuracy", s_targets.ToString());
        Assert.DoesNotContain("NaN", s_targets.ToString());
        Assert.Equal("Epoch 1: loss 0.125, validation loss 0.5, learning rate 0.01", s_targets.Epochs[0].ToString());
        Assert.Equal("loss 0.5 of 10 images", s_targets.Epochs[0].Validation.ToString());
        Assert.Equal("loss 0.25, 10 images", new StepResult(0.25f, 0, 10) { HasTargets = true }.ToString());
        Assert.Equal(
            "Epoch 1 of 2, batch 3 of 4: loss 0.25", new TrainingProgress(1, 2, 3, 4, 0.25, double.NaN, 1, TimeSpan.Zero).ToString());
    }

    [Fact]
    public void LearningCurvesAreDrawnWhereTheirNumbersAre()
    {
        s_history.WriteSvg(At);
        XElement svg = XDocument.Load(At).Root!;
        double[][] curves =
            [.. svg.Elements().Where(one => one.Name.LocalName == "polyline").Select(curve => Heights((string)curve.Attribute("points")!))];
        Assert.Equal(4, curves.Length); // loss, its validation, accuracy, its validation
        // 230 units from 274 upwards; the loss's axis goes to 1.5, the accuracy's to 1.
        Assert.Equal([44, 197.3], curves[0]);
        Assert.Equal([82.3, 44], curves[1]);
        Assert.Equal([216.5, 101.5], curves[2]);
        Assert.Equal([182, 170.5], curves[3]);

        s_targets.WriteSvg(At);
        Assert.DoesNotContain("accuracy", File.ReadAllText(At));
        Assert.DoesNotContain("NaN", File.ReadAllText(At));

        static double[] Heights(string points) =>
            [.. points.Split(' ').Select(point => double.Parse(point.Split(',')[1], CultureInfo.InvariantCulture))];
    }

    [Fact]
    public void NamesOfRunsAreEscaped() => Assert.Contains("a &lt;b&gt;", LearningCurves.Svg([("a <b>", s_history), ("c", s_targets)]));

    [Fact]
    public void NothingCannotBeDrawn() => Assert.Throws<InvalidOperationException>(() => new TrainingHistory([]).WriteSvg(At));

    [Fact]
    public void AConfusionMatrixCountsWhatAnEvaluationDoes()
    {
        using Tiny network = TinyData.Network();
        TinyData.Trainer(network).Run(TinyData.Source(), 2);
        ConfusionMatrix matrix = ConfusionMatrix.Of(network, TinyData.Source());
        EvaluationResult expected = network.Evaluate(TinyData.Source());

        Assert.Equal((expected.Count, expected.Accuracy), (matrix.Images, matrix.Accuracy));
        Assert.Equal(40, matrix.ImagesOf(2));
        Assert.Equal(matrix[2, 2] / 40.0, matrix.AccuracyOf(2));
        Assert.InRange(matrix.Accuracy, 0.01, 0.99); // neither all nor nothing is right, or this shows nothing

        float[] logits = network.Forward(TinyData.Source());
        int[] predicted = [.. logits.Chunk(4).Select(image => Array.IndexOf(image, image.Max()))];
        for (int label = 0; label < 4; label++)
        for (int taken = 0; taken < 4; taken++)
            Assert.Equal(predicted.Where((one, image) => image % 4 == label && one == taken).Count(), matrix[label, taken]);
    }

    [Fact]
    public void AConfusionMatrixIsATable()
    {
        using Tiny network = TinyData.Network();
        network.Parameters.Single(parameter => parameter.Name == "Logits.weight").Values.Clear();
        // the first of the largest
        new[] { 0f, 1f, 1f, 0f }.CopyTo(network.Parameters.Single(parameter => parameter.Name == "Logits.bias").Values);
        var batches = new FloatBatches(new Shape(8), 4, new float[5 * 8], new[] { 0, 1, 1, 2, 2 }, 2);
        ConfusionMatrix matrix = ConfusionMatrix.Of(network, batches);
        matrix.WriteCsv(At);
        Assert.Equal(
            "class,images,accuracy,precision,as 0,as 1,as 2,as 3\n0,1,0,,0,1,0,0\n1,2,1,0.4,0,2,0,0\n2,2,0,,0,2,0,0\n3,0,,,0,0,0,0\n",
            File.ReadAllText(At));
        Assert.Equal(
            """
            accuracy 40.0 % of 5 images
            class  images  accuracy  precision  0  1  2  3
                0       1     0.0 %          –  0  1  0  0
                1       2   100.0 %     40.0 %  0  2  0  0
                2       2     0.0 %          –  0  2  0  0
                3       0         –          –  0  0  0  0

            """, matrix.ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[4, 0]);
    }

    [Fact]
    public void TargetsAreNoClasses()
    {
        using Tiny network = TinyData.Network();
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.Of(network, new FloatBatches(new Shape(8), new float[8], new float[4], 1)));
    }
}
